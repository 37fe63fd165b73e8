fn run(
    r#chat: &Chat,
    r#tenant: &str,
    r#tier: Option<&str>,
    r#depth: u32,
) -> Result<(), Error> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Result<(), Error> {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "chat",
                        ::agentops::__private::content_of(&r#chat).__agentops_content(),
                    ),
                    (
                        "tenant",
                        ::agentops::__private::content_of(&r#tenant).__agentops_content(),
                    ),
                    (
                        "tier",
                        ::agentops::__private::content_of(&r#tier).__agentops_content(),
                    ),
                    (
                        "depth",
                        ::agentops::__private::content_of(&r#depth).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let chat = r#chat;
        let tenant = r#tenant;
        let tier = r#tier;
        let depth = r#depth;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "run",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .named("support chat")
                    .keys(&["tier", "max depth", "chat.title", "chat.tags"])
                    .described();
                &__AGENTOPS_SITE
            },
            |mut __agentops_draft| {
                ::agentops::__private::session_id(&mut __agentops_draft, &(chat.id));
                ::agentops::__private::baggage(
                    &mut __agentops_draft,
                    "user.id",
                    &(chat.user),
                );
                ::agentops::__private::baggage(
                    &mut __agentops_draft,
                    "tenant-id",
                    &(tenant),
                );
                ::agentops::__private::record(
                    __agentops_draft,
                    &[
                        &(tier),
                        &(depth + 1),
                        &::agentops::__private::Displayed(&(chat.title)),
                        &::agentops::__private::Debugged(&(chat.tags)),
                    ],
                    __agentops_arguments,
                );
            },
        );
        chat.run()
    });
    ::agentops::__private::conclude(
        &mut __agentops_scope,
        ::agentops::__private::returned(
                ::agentops::__private::probe(&__agentops_value).__agentops_split(),
            )
            .__agentops_look(),
        true,
    );
    __agentops_value
}
