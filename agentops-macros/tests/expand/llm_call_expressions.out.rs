fn complete(
    &self,
    r#request: Request,
) -> impl ::core::future::Future<Output = Result<Response, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<Response, Error>>();
            }
            let _ = &self;
            let request = r#request;
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
                        &[
                            "gen_ai.provider.name",
                            "gen_ai.request.model",
                            "gen_ai.request.temperature",
                        ],
                    );
                    &SITE
                },
                |__agentops_draft| {
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[
                            &(self.provider()),
                            &(request.model.as_deref()),
                            &(request.temperature),
                        ],
                    );
                },
            );
            {
                let response = self.send(request).await?;
                Ok(response)
            }
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
