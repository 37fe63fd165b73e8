async fn main() {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<()>();
                }
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("main"),
                            "main",
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
                            ::agentops::__private::no_arguments(),
                        );
                    },
                );
                {
                    run().await;
                }
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
                        false,
                    )
            },
        )
        .await
}
