fn complete(r#prompt: &str) -> Result<String, Error> {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    "complete",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .with(
                    &[
                        (
                            "gen_ai.provider.name",
                            ::agentops::__private::StaticValue::Str("openai"),
                        ),
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
                        ::agentops::__private::content_of(&r#prompt).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> Result<String, Error> {
        let prompt = r#prompt;
        send(prompt)
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
fn named(r#prompt: &str) {
    let __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    "named",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .named("summarise")
                .with(
                    &[
                        (
                            "gen_ai.request.model",
                            ::agentops::__private::StaticValue::Str("gpt-4o-mini"),
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
                        ::agentops::__private::content_of(&r#prompt).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    {
        let prompt = r#prompt;
        {
            send(prompt);
        }
    }
}
