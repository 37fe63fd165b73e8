fn sync(r#password: &str) -> bool {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "sync",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    let __agentops_value = ::agentops::__private::call(move || -> bool {
        let password = r#password;
        check(password)
    });
    ::agentops::__private::conclude(
        &mut __agentops_scope,
        ::agentops::__private::outcome(
            ::agentops::__private::probe(&__agentops_value).__agentops_split(),
        ),
        false,
    );
    __agentops_value
}
fn later(r#password: &str) -> impl ::core::future::Future<Output = bool> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<bool>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Task,
                        "later",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                ::agentops::__private::no_arguments(),
            );
            let password = r#password;
            check(password).await
        },
        |__agentops_value, __agentops_seen| ::agentops::__private::look(
            __agentops_seen,
            ::agentops::__private::outcome(
                ::agentops::__private::probe(__agentops_value).__agentops_split(),
            ),
        ),
        false,
    )
}
fn unit(password: &str) {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "unit",
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
