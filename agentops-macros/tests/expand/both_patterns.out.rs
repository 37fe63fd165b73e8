fn twice(
    r#__agentops_argument_0: (u32, u32),
    r#__agentops_argument_1: Json<u32>,
    r#count: u32,
) {
    let __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "twice",
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
                        "inner",
                        ::agentops::__private::content_of(&r#__agentops_argument_1)
                            .__agentops_content(),
                    ),
                    (
                        "count",
                        ::agentops::__private::content_of(&r#count).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    {
        let __agentops_argument_0 = ::agentops::__private::keep(r#__agentops_argument_0);
        let __agentops_argument_1 = ::agentops::__private::keep(r#__agentops_argument_1);
        let count = r#count;
        {
            let __agentops_scope = ::agentops::__private::begin(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Task,
                        "twice",
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
                                "arg0",
                                ::agentops::__private::content_of(&__agentops_argument_0)
                                    .__agentops_content(),
                            ),
                            (
                                "count",
                                ::agentops::__private::content_of(&count)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            {
                let __agentops_argument_0 = __agentops_argument_0;
                let (left, right) = __agentops_argument_0;
                let __agentops_argument_1 = __agentops_argument_1;
                let Json(inner) = __agentops_argument_1;
                let mut count = count;
                {
                    count += left + right + inner;
                    work(count);
                }
            }
        }
    }
}
