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
                    ::agentops::__private::record(__agentops_draft, &[]);
                },
            );
            0
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
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
                        ::agentops::__private::record(__agentops_draft, &[]);
                    },
                );
                input.len()
            },
            |__agentops_value| {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
            },
        )
        .await
}
