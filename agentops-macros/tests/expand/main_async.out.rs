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
                        ::agentops::__private::record(__agentops_draft, &[]);
                    },
                );
                {
                    run().await;
                }
            },
            |__agentops_value| {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
            },
        )
        .await
}
