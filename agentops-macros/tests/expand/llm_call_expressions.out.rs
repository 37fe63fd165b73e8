fn complete(
    &self,
    r#request: Request,
) -> impl ::core::future::Future<Output = Result<Response, Error>> {
    ::agentops::__private::future_with(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<Response, Error>>();
            }
            let _ = &self;
            let _ = &r#request;
            let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "request",
                            ::agentops::__private::content_of(&r#request)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            };
            let _ = &self;
            let request = r#request;
            ::agentops::__private::start_future_with(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::LlmCall,
                            "complete",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        )
                        .keys(
                            &[
                                "gen_ai.provider.name",
                                "gen_ai.request.model",
                                "gen_ai.request.temperature",
                                "retries",
                            ],
                        );
                    &__AGENTOPS_SITE
                },
                |__agentops_draft| {
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[
                            &(self.provider()),
                            &(request.model.as_deref()),
                            &(request.temperature),
                            &(self.retries),
                        ],
                        __agentops_arguments,
                    );
                },
            );
            {
                let response = self.send(request).await?;
                Ok(response)
            }
        },
        |__agentops_value, __agentops_span| {
            ::agentops::__private::streaming(&__agentops_value)
                .__agentops_way()
                .end(
                    __agentops_span,
                    __agentops_value,
                    |__agentops_value, __agentops_seen| ::agentops::__private::look(
                        __agentops_seen,
                        ::agentops::__private::returned(
                                ::agentops::__private::probe(__agentops_value)
                                    .__agentops_split(),
                            )
                            .__agentops_look(),
                    ),
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
        },
    )
}
