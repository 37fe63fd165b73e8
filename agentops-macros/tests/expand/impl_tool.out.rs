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
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Result<T, Error>>();
                }
                let _ = &self;
                let _ = &r#words;
                let _ = &r#token;
                let __agentops_arguments = ::agentops::__private::arguments(|
                    __agentops_writer|
                {
                    {
                        let __agentops_argument = &r#words;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "words",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                });
                let _ = &self;
                let words = r#words;
                let token = r#token;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Tool,
                            ::core::option::Option::Some("execute_tool Search::query"),
                            "query",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                            &[
                                (
                                    "gen_ai.operation.name",
                                    ::agentops::__private::StaticValue::Str("execute_tool"),
                                ),
                                (
                                    "gen_ai.tool.name",
                                    ::agentops::__private::StaticValue::Str("Search::query"),
                                ),
                            ],
                            &["index"],
                        );
                        &SITE
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
    }
    #[must_use]
    pub const fn limit(&self) -> usize {
        Self::LIMIT
    }
    fn rank(&self, r#token: &str) -> Vec<T> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Vec<T> {
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#token;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "token",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let _ = &self;
            let token = r#token;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::LlmCall,
                        ::core::option::Option::None,
                        "rank",
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
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[],
                        __agentops_arguments,
                    );
                },
            );
            self.ranked(token)
        });
        ::agentops::__private::finish(
            __agentops_scope,
            __agentops_value,
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
    }
}
