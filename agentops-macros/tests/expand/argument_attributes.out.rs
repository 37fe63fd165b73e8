fn run(
    #[cfg(unix)]
    r#socket: UnixSocket,
    r#depth: usize,
) -> impl ::core::future::Future<Output = usize> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<usize>();
            }
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                #[cfg(unix)]
                {
                    let __agentops_argument = &r#socket;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "socket",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
                {
                    let __agentops_argument = &r#depth;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "depth",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            #[cfg(unix)]
            let socket = r#socket;
            #[allow(unused_variables)]
            let depth = r#depth;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("run"),
                        "run",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
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
            0
        },
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
#[rstest]
async fn cases(#[case] input: &str, #[cfg(unix)] depth: usize) -> usize {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<usize>();
                }
                let __agentops_arguments = ::agentops::__private::arguments(|
                    __agentops_writer|
                {
                    {
                        let __agentops_argument = &input;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "input",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                    #[cfg(unix)]
                    {
                        let __agentops_argument = &depth;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "depth",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                });
                let input = input;
                #[cfg(unix)]
                let depth = depth;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("cases"),
                            "cases",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                            &[],
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
                input.len()
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
        .await
}
