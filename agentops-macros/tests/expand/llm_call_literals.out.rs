fn complete(r#prompt: &str) -> Result<String, Error> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Result<String, Error> {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#prompt;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "prompt",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let prompt = r#prompt;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    ::core::option::Option::None,
                    "complete",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("chat"),
                        ),
                        (
                            "gen_ai.provider.name",
                            ::agentops::__private::StaticValue::Str("openai"),
                        ),
                        (
                            "gen_ai.request.model",
                            ::agentops::__private::StaticValue::Str("gpt-4o"),
                        ),
                    ],
                    &[],
                );
                &SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
        send(prompt)
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
fn named(r#prompt: &str) {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#prompt;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "prompt",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let prompt = r#prompt;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    ::core::option::Option::Some("summarise"),
                    "named",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("chat"),
                        ),
                        (
                            "gen_ai.request.model",
                            ::agentops::__private::StaticValue::Str("gpt-4o-mini"),
                        ),
                    ],
                    &[],
                );
                &SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
        {
            send(prompt);
        }
    }
}
