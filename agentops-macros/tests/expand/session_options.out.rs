fn answer(
    r#chat: &Chat,
    r#headers: &HeaderMap,
    r#tenant: u32,
) -> impl ::core::future::Future<Output = ()> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<()>();
            }
            let _ = &r#chat;
            let _ = &r#headers;
            let _ = &r#tenant;
            let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "chat",
                            ::agentops::__private::content_of(&r#chat)
                                .__agentops_content(),
                        ),
                        (
                            "headers",
                            ::agentops::__private::content_of(&r#headers)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            };
            let chat = r#chat;
            let headers = r#headers;
            let tenant = r#tenant;
            ::agentops::__private::start_future_with(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "answer",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        )
                        .named("support chat")
                        .keys(
                            &["agentops.metadata.plan", "agentops.metadata.build.number"],
                        )
                        .described();
                    &__AGENTOPS_SITE
                },
                |mut __agentops_draft| {
                    ::agentops::__private::extract(&mut __agentops_draft, &(headers));
                    ::agentops::__private::session_id(&mut __agentops_draft, &(chat.id));
                    ::agentops::__private::user(&mut __agentops_draft, &(chat.user));
                    ::agentops::__private::tags(
                        &mut __agentops_draft,
                        &["beta", "nightly"],
                    );
                    ::agentops::__private::baggage(
                        &mut __agentops_draft,
                        "tenant",
                        &(tenant),
                    );
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[&::agentops::__private::Debugged(&(chat.plan)), &(BUILD)],
                        __agentops_arguments,
                    );
                },
            );
            {
                reply(chat).await;
            }
        },
        ::agentops::__private::look_away,
        false,
    )
}
