#[inline]
/// Asks the model.
fn ask(r#id: u32) -> impl ::core::future::Future<Output = Result<String, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<String, Error>>();
            }
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
                    ::agentops::__private::record(__agentops_draft, &[]);
                },
            );
            ::agentops::__private::future(
                    async move {
                        if false {
                            return ::agentops::__private::value_of::<
                                Result<String, Error>,
                            >();
                        }
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
                                ::agentops::__private::record(__agentops_draft, &[]);
                            },
                        );
                        client(id).await
                    },
                    |__agentops_value| {
                        use ::agentops::__private::*;
                        (&&&&::agentops::__private::Probe(__agentops_value))
                            .__agentops_outcome()
                    },
                )
                .await
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
