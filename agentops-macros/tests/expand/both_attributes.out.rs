#[inline]
/// Asks the model.
fn ask(r#id: u32) -> impl ::core::future::Future<Output = Result<String, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<String, Error>>();
            }
            let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "id",
                            ::agentops::__private::content_of(&r#id).__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            };
            let id = r#id;
            ::agentops::__private::start_future_with(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "ask",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        )
                        .described();
                    &__AGENTOPS_SITE
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
                        ::agentops::__private::start_future(
                            {
                                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                        ::agentops::__private::Kind::LlmCall,
                                        "ask",
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
                                            "id",
                                            ::agentops::__private::content_of(&id).__agentops_content(),
                                        ),
                                    ],
                                )
                            } else {
                                ::agentops::__private::no_arguments()
                            },
                        );
                        let id = id;
                        client(id).await
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
