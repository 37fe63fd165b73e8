fn plan(r#depth: u32) -> u32 {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Agent,
                    "plan",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .named("planner");
            &__AGENTOPS_SITE
        },
        if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "depth",
                        ::agentops::__private::content_of(&r#depth).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let depth = r#depth;
        depth + 1
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
fn research() {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Workflow,
                "research",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    work();
}
fn summarize() {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                "summarize",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    work();
}
fn check() {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Guardrail,
                    "check",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .named("no secrets");
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    work();
}
