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
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#chat;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "chat",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
                {
                    let __agentops_argument = &r#headers;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "headers",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let chat = r#chat;
            let headers = r#headers;
            let tenant = r#tenant;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("support chat"),
                        "answer",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &["agentops.metadata.plan", "agentops.metadata.build.number"],
                    );
                    &SITE
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
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
            })
                .end(
                    __agentops_span,
                    __agentops_value,
                    |__agentops_value| {
                        use ::agentops::__private::*;
                        (
                            (&&&&::agentops::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&::agentops::__private::Returned(__agentops_value))
                                .__agentops_content(),
                        )
                    },
                    |__agentops_value| {
                        use ::agentops::__private::*;
                        (
                            (&&&&::agentops::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&::agentops::__private::Returned(__agentops_value))
                                .__agentops_content(),
                        )
                    },
                    false,
                )
        },
    )
}
