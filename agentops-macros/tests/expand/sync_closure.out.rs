fn parse(r#input: &str) -> Result<u32, ParseIntError> {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "parse",
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
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> Result<
        u32,
        ParseIntError,
    > {
        let input = r#input;
        {
            let input = input.trim();
            Ok(input.parse()?)
        }
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
fn lone_expression(r#lock: Mutex<Vec<u8>>) -> usize {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "lone_expression",
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
                        "lock",
                        ::agentops::__private::content_of(&r#lock).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> usize {
        let lock = r#lock;
        lock.lock().unwrap().len()
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
