#[inline]
/// Asks the model.
fn ask(r#id: u32) -> impl ::core::future::Future<Output = Result<String, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<String, Error>>();
            }
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#id;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "id",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let id = r#id;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("ask"),
                        "ask",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &[],
                    );
                    &SITE
                },
                |mut __agentops_draft| {
                    ::agentops::__private::session_id(&mut __agentops_draft, &(id));
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
                            return ::agentops::__private::value_of::<
                                Result<String, Error>,
                            >();
                        }
                        let __agentops_arguments = ::agentops::__private::arguments(|
                            __agentops_writer|
                        {
                            {
                                let __agentops_argument = &id;
                                ::agentops::__private::argument(
                                    __agentops_writer,
                                    "id",
                                    {
                                        use ::agentops::__private::*;
                                        (&&&::agentops::__private::Argument(__agentops_argument))
                                            .__agentops_content()
                                    },
                                );
                            }
                        });
                        let id = id;
                        ::agentops::__private::start_future(
                            {
                                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                    ::agentops::__private::Kind::LlmCall,
                                    ::core::option::Option::None,
                                    "ask",
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
                        client(id).await
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
