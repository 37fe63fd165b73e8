fn r#match(r#type: u32, r#gen: u32) -> impl ::core::future::Future<Output = u32> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<u32>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "match",
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
                                "type",
                                ::agentops::__private::content_of(&r#type)
                                    .__agentops_content(),
                            ),
                            (
                                "gen",
                                ::agentops::__private::content_of(&r#gen)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let r#type = r#type;
            let r#gen = r#gen;
            r#type + r#gen
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
