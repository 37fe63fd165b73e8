#[tokio::test]
async fn with_runtime() -> Result<(), Error> {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Result<(), Error>>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "with_runtime",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        );
                        &__AGENTOPS_SITE
                    },
                    ::agentops::__private::no_arguments(),
                );
                run().await
            },
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            true,
        )
        .await
}
#[tracing::instrument(skip(secret))]
fn with_names(secret: &str, r#type: u32) -> u32 {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "with_names",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "secret",
                        ::agentops::__private::content_of(&secret).__agentops_content(),
                    ),
                    (
                        "type",
                        ::agentops::__private::content_of(&r#type).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let secret = secret;
        let r#type = r#type;
        r#type
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
fn both(r#prompt: String) -> impl ::core::future::Future<Output = String> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<String>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "both",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                if ::agentops::__private::wants_arguments() {
                    ::agentops::__private::arguments(
                        &[
                            (
                                "prompt",
                                ::agentops::__private::content_of(&r#prompt)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let prompt = r#prompt;
            ::agentops::__private::future(
                    async move {
                        if false {
                            return ::agentops::__private::value_of::<String>();
                        }
                        ::agentops::__private::start_future(
                            {
                                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                        ::agentops::__private::Kind::LlmCall,
                                        "both",
                                        ::core::module_path!(),
                                        ::core::file!(),
                                        ::core::line!(),
                                    )
                                    .with(
                                        &[
                                            (
                                                "gen_ai.request.model",
                                                ::agentops::__private::StaticValue::Str("gpt-4o"),
                                            ),
                                        ],
                                    );
                                &__AGENTOPS_SITE
                            },
                            if ::agentops::__private::wants_arguments() {
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
                            },
                        );
                        let prompt = prompt;
                        prompt
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
        },
        |__agentops_value, __agentops_seen| ::agentops::__private::look(
            __agentops_seen,
            ::agentops::__private::returned(
                    ::agentops::__private::probe(__agentops_value).__agentops_split(),
                )
                .__agentops_look(),
        ),
        true,
    )
}
