fn search(r#query: &str) -> Result<Vec<Hit>, Error> {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "search",
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
                        "query",
                        ::agentops::__private::content_of(&r#query).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> Result<
        Vec<Hit>,
        Error,
    > {
        let query = r#query;
        find(query)
    });
    ::agentops::__private::conclude_with(
        &mut __agentops_scope,
        &__agentops_value,
        |__agentops_value, __agentops_seen| {
            let __agentops_split = ::agentops::__private::probe(__agentops_value)
                .__agentops_split();
            match ::agentops::__private::read(
                __agentops_seen,
                __agentops_split,
                |found| found.len(),
            ) {
                ::core::option::Option::Some(__agentops_read) => {
                    ::agentops::__private::say(
                        __agentops_seen,
                        ::agentops::__private::content_of(&__agentops_read)
                            .__agentops_content(),
                    )
                }
                ::core::option::Option::None => {
                    ::agentops::__private::say_nothing(__agentops_seen)
                }
            }
            ::agentops::__private::say_field(
                __agentops_seen,
                "hits",
                __agentops_split,
                |found| found.len(),
            );
            ::agentops::__private::error_words(
                __agentops_seen,
                &*__agentops_value,
                |error| error.code(),
            );
            ::agentops::__private::error_type(
                __agentops_seen,
                &*__agentops_value,
                |_| "Search",
            );
            ::agentops::__private::err_if(
                __agentops_seen,
                &*__agentops_value,
                |found| found.is_empty(),
            );
            ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            );
        },
        true,
    );
    __agentops_value
}
fn ask(r#prompt: String) -> impl ::core::future::Future<Output = Answer> {
    ::agentops::__private::future_with(
        async move {
            if false {
                return ::agentops::__private::value_of::<Answer>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::LlmCall,
                        "ask",
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
            send(prompt).await
        },
        |__agentops_value, __agentops_span| {
            ::agentops::__private::streaming(&__agentops_value)
                .__agentops_way()
                .end(
                    __agentops_span,
                    __agentops_value,
                    |__agentops_value, __agentops_seen| {
                        let __agentops_split = ::agentops::__private::probe(
                                __agentops_value,
                            )
                            .__agentops_split();
                        ::agentops::__private::usage(
                            __agentops_seen,
                            __agentops_split,
                            |answer| answer.usage,
                        );
                        match ::agentops::__private::read(
                            __agentops_seen,
                            __agentops_split,
                            |answer| &answer.text,
                        ) {
                            ::core::option::Option::Some(__agentops_read) => {
                                ::agentops::__private::completion(
                                    __agentops_seen,
                                    ::agentops::__private::content_of(&__agentops_read)
                                        .__agentops_content(),
                                )
                            }
                            ::core::option::Option::None => {}
                        }
                        ::agentops::__private::look(
                            __agentops_seen,
                            ::agentops::__private::returned(
                                    ::agentops::__private::probe(__agentops_value)
                                        .__agentops_split(),
                                )
                                .__agentops_look(),
                        );
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
        },
    )
}
