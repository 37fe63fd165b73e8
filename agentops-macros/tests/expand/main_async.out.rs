async fn main() {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<()>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "main",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        );
                        &__AGENTOPS_SITE
                    },
                    ::agentops::__private::no_arguments(),
                );
                {
                    run().await;
                }
            },
            ::agentops::__private::look_away,
            false,
        )
        .await
}
