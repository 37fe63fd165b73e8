unsafe impl Plan for &Planner {
    #![allow(clippy::unused_self)]
    type Step = Step;
    fn plan(self, r#goal: &str) -> Vec<Step> {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Agent,
                        "plan",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .named("&Planner");
                &__AGENTOPS_SITE
            },
            if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "goal",
                            ::agentops::__private::content_of(&r#goal)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        let __agentops_value = ::agentops::__private::call(move || -> Vec<Step> {
            let _ = &self;
            let goal = r#goal;
            split(goal)
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
    unsafe fn reset(self) {
        let __agentops_guard = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Agent,
                        "reset",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .named("&Planner");
                &__AGENTOPS_SITE
            },
            ::agentops::__private::no_arguments(),
        );
        clear();
    }
}
