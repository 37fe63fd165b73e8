#[async_trait]
impl Complete for Client {
    async fn complete(&self, prompt: &str) -> Result<String, Error> {
        ::agentops::__private::future(
                async move {
                    if false {
                        return ::agentops::__private::value_of::<
                            Result<String, Error>,
                        >();
                    }
                    let _ = &self;
                    let _ = &prompt;
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
                    let _ = &self;
                    let prompt = prompt;
                    ::agentops::__private::start_future(
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
                                ],
                                &["gen_ai.provider.name"],
                            );
                            &SITE
                        },
                        |__agentops_draft| {
                            ::agentops::__private::record(
                                __agentops_draft,
                                &[&(self.provider)],
                                __agentops_arguments,
                            );
                        },
                    );
                    self.send(prompt).await
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
}
