fn opaque() -> impl Stream<Item = u32> + Send + 'static {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || {
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    ::core::option::Option::None,
                    "opaque",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("chat"),
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
                    ::agentops::__private::no_arguments(),
                );
            },
        );
        numbers()
    });
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ::agentops::__private::opaque_stream::<
                _,
                u32,
            >(
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
                true,
            )
        },
    )
}
fn opaque_result() -> impl ::core::future::Future<
    Output = Result<impl futures_core::Stream<Item = u32>, Error>,
> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<_, Error>>();
            }
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::LlmCall,
                        ::core::option::Option::None,
                        "opaque_result",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[
                            (
                                "gen_ai.operation.name",
                                ::agentops::__private::StaticValue::Str("chat"),
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
                        ::agentops::__private::no_arguments(),
                    );
                },
            );
            connect().await
        },
        |__agentops_value, __agentops_span| {
            ::agentops::__private::opaque_stream_result::<
                _,
                u32,
                _,
            >(
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
fn boxed() -> Pin<Box<dyn Stream<Item = u32> + Send>> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Pin<
        Box<dyn Stream<Item = u32> + Send>,
    > {
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    ::core::option::Option::None,
                    "boxed",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("chat"),
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
                    ::agentops::__private::no_arguments(),
                );
            },
        );
        Box::pin(numbers())
    });
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
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
fn cloneable() -> impl Stream<Item = u32> + Clone {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || {
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::LlmCall,
                    ::core::option::Option::None,
                    "cloneable",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("chat"),
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
                    ::agentops::__private::no_arguments(),
                );
            },
        );
        numbers()
    });
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
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
