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
                    let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                        ::agentops::__private::arguments(
                            &[
                                (
                                    "prompt",
                                    ::agentops::__private::content_of(&prompt)
                                        .__agentops_content(),
                                ),
                            ],
                        )
                    } else {
                        ::agentops::__private::no_arguments()
                    };
                    let _ = &self;
                    let prompt = prompt;
                    ::agentops::__private::start_future_with(
                        {
                            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                    ::agentops::__private::Kind::LlmCall,
                                    "complete",
                                    ::core::module_path!(),
                                    ::core::file!(),
                                    ::core::line!(),
                                )
                                .keys(&["gen_ai.provider.name"]);
                            &__AGENTOPS_SITE
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
                |__agentops_value, __agentops_seen| ::agentops::__private::look(
                    __agentops_seen,
                    ::agentops::__private::returned(
                            ::agentops::__private::probe(__agentops_value)
                                .__agentops_split(),
                        )
                        .__agentops_look(),
                ),
                true,
            )
            .await
    }
}
