fn some(
    r#user: &str,
    r#password: &str,
    __agentops_argument_2: (u32, u32),
    r#type: Type,
) -> bool {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "some",
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
                        "user",
                        ::agentops::__private::content_of(&r#user).__agentops_content(),
                    ),
                    (
                        "type",
                        ::agentops::__private::content_of(&r#type).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> bool {
        let user = r#user;
        let password = r#password;
        let __agentops_argument_2 = __agentops_argument_2;
        let (left, right) = __agentops_argument_2;
        let r#type = r#type;
        check(user, password)
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
fn all(password: &str) {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "all",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    check(password);
}
