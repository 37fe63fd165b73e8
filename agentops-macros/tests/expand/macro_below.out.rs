#[tokio::test]
async fn with_runtime() -> Result<(), Error> {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Result<(), Error>>();
                }
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("with_runtime"),
                            "with_runtime",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                            &[],
                            &[],
                        );
                        &SITE
                    },
                    |__agentops_draft| {
                        ::agentops::__private::record(
                            __agentops_draft,
                            &[],
                            ::agentops::__private::no_arguments(),
                        );
                    },
                );
                run().await
            },
            |__agentops_value, __agentops_span| {
                ({
                    use ::agentops::__private::*;
                    (&&::agentops::__private::Streaming(&__agentops_value))
                        .__agentops_way()
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
        .await
}
#[tracing::instrument(skip(secret))]
fn with_names(secret: &str, r#type: u32) -> u32 {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &secret;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "secret",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#type;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "type",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let secret = secret;
        let r#type = r#type;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("with_names"),
                    "with_names",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[],
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
        r#type
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
fn both(r#prompt: String) -> impl ::core::future::Future<Output = String> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<String>();
            }
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
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
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("both"),
                        "both",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
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
            ::agentops::__private::future(
                    async move {
                        if false {
                            return ::agentops::__private::value_of::<String>();
                        }
                        let __agentops_arguments = ::agentops::__private::arguments(|
                            __agentops_writer|
                        {
                            {
                                let __agentops_argument = &prompt;
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
                        let prompt = prompt;
                        ::agentops::__private::start_future(
                            {
                                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                    ::agentops::__private::Kind::LlmCall,
                                    ::core::option::Option::None,
                                    "both",
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
                        prompt
                    },
                    |__agentops_value, __agentops_span| {
                        ({
                            use ::agentops::__private::*;
                            (&&::agentops::__private::Streaming(&__agentops_value))
                                .__agentops_way()
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
                .await
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
                    true,
                )
        },
    )
}
