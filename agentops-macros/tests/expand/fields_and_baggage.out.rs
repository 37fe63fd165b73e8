fn run(
    r#chat: &Chat,
    r#tenant: &str,
    r#tier: Option<&str>,
    r#depth: u32,
) -> Result<(), Error> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Result<(), Error> {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
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
                let __agentops_argument = &r#tenant;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "tenant",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#tier;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "tier",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#depth;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "depth",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let chat = r#chat;
        let tenant = r#tenant;
        let tier = r#tier;
        let depth = r#depth;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("support chat"),
                    "run",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[],
                    &["tier", "max depth", "chat.title", "chat.tags"],
                );
                &SITE
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
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
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
                    true,
                )
        },
    )
}
