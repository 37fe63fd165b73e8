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
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "run",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                if ::agentops::__private::wants_arguments() {
                    ::agentops::__private::arguments(
                        &[
                            #[cfg(unix)]
                            (
                                "socket",
                                ::agentops::__private::content_of(&r#socket)
                                    .__agentops_content(),
                            ),
                            (
                                "depth",
                                ::agentops::__private::content_of(&r#depth)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            #[cfg(unix)]
            let socket = r#socket;
            #[allow(unused_variables)]
            let depth = r#depth;
            0
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
#[rstest]
async fn cases(#[case] input: &str, #[cfg(unix)] depth: usize) -> usize {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<usize>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "cases",
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
                                    "input",
                                    ::agentops::__private::content_of(&input)
                                        .__agentops_content(),
                                ),
                                #[cfg(unix)]
                                (
                                    "depth",
                                    ::agentops::__private::content_of(&depth)
                                        .__agentops_content(),
                                ),
                            ],
                        )
                    } else {
                        ::agentops::__private::no_arguments()
                    },
                );
                let input = input;
                #[cfg(unix)]
                let depth = depth;
                input.len()
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
