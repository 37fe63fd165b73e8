impl<T: Ord> crate::tools::Search<T>
where
    T: Copy,
{
    const LIMIT: usize = { 10 };
    counters! {
        hits, misses
    }
    /// Asks the index.
    #[cfg(feature = "index")]
    pub(crate) fn query(
        &self,
        r#words: &str,
        r#token: &str,
    ) -> impl ::core::future::Future<Output = Result<T, Error>> {
        ::agentops::__private::future_with(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Result<T, Error>>();
                }
                let _ = &self;
                let _ = &r#words;
                let _ = &r#token;
                let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                    ::agentops::__private::arguments(
                        &[
                            (
                                "words",
                                ::agentops::__private::content_of(&r#words)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                };
                let _ = &self;
                let words = r#words;
                let token = r#token;
                ::agentops::__private::start_future_with(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                ::agentops::__private::Kind::Tool,
                                "query",
                                ::core::module_path!(),
                                ::core::file!(),
                                ::core::line!(),
                            )
                            .named("Search::query")
                            .keys(&["index"]);
                        &__AGENTOPS_SITE
                    },
                    |__agentops_draft| {
                        ::agentops::__private::record(
                            __agentops_draft,
                            &[&(self.index)],
                            __agentops_arguments,
                        );
                    },
                );
                self.index.query(words, token).await
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
    #[must_use]
    pub const fn limit(&self) -> usize {
        Self::LIMIT
    }
    fn rank(&self, r#token: &str) -> Vec<T> {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::LlmCall,
                        "rank",
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
                            "token",
                            ::agentops::__private::content_of(&r#token)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        let __agentops_value = ::agentops::__private::call(move || -> Vec<T> {
            let _ = &self;
            let token = r#token;
            self.ranked(token)
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
}
