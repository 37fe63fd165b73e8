#[unsafe(no_mangle)]
pub unsafe extern "C" fn agent_run(r#input: *const u8, r#length: usize) -> i32 {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "agent_run",
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
                        ::agentops::__private::content_of(&r#input).__agentops_content(),
                    ),
                    (
                        "length",
                        ::agentops::__private::content_of(&r#length).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> i32 {
        let input = r#input;
        let length = r#length;
        unsafe { run(input, length) }
    });
    ::agentops::__private::conclude(
        &mut __agentops_scope,
        ::agentops::__private::returned(
                ::agentops::__private::probe(&__agentops_value).__agentops_split(),
            )
            .__agentops_look(),
        true,
    );
    __agentops_value
}
unsafe fn later(r#input: *const u8) -> impl ::core::future::Future<Output = u8> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<u8>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "later",
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
                                ::agentops::__private::content_of(&r#input)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let input = r#input;
            unsafe { *input }
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
