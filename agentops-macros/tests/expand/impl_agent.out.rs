unsafe impl Plan for &Planner {
    #![allow(clippy::unused_self)]
    type Step = Step;
    fn plan(self, r#goal: &str) -> Vec<Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Vec<Step> {
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#goal;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "goal",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let _ = &self;
            let goal = r#goal;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Agent,
                        ::core::option::Option::Some("invoke_agent &Planner"),
                        "plan",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[
                            (
                                "gen_ai.operation.name",
                                ::agentops::__private::StaticValue::Str("invoke_agent"),
                            ),
                            (
                                "gen_ai.agent.name",
                                ::agentops::__private::StaticValue::Str("&Planner"),
                            ),
                        ],
                        &[],
                    );
                    &SITE
                },
                |__agentops_draft| {
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[],
                        __agentops_arguments,
                    );
                },
            );
            split(goal)
        });
        ::agentops::__private::finish(
            __agentops_scope,
            __agentops_value,
            |__agentops_value, __agentops_span| {
                ({
                    use ::agentops::__private::*;
                    (&&::agentops::__private::Streaming(&__agentops_value))
                        .__agentops_way()
                })
                    .end(
                        __agentops_span,
                        __agentops_value,
                        |__agentops_value| {
                            use ::agentops::__private::*;
                            (
                                (&&&&::agentops::__private::Probe(__agentops_value))
                                    .__agentops_outcome(),
                                (&&&&&&::agentops::__private::Returned(__agentops_value))
                                    .__agentops_content(),
                            )
                        },
                        |__agentops_value| {
                            use ::agentops::__private::*;
                            (
                                (&&&&::agentops::__private::Probe(__agentops_value))
                                    .__agentops_outcome(),
                                (&&&&&&::agentops::__private::Returned(__agentops_value))
                                    .__agentops_content(),
                            )
                        },
                        true,
                    )
            },
        )
    }
    unsafe fn reset(self) {
        let __agentops_guard = ::agentops::__private::guard(
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Agent,
                    ::core::option::Option::Some("invoke_agent &Planner"),
                    "reset",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("invoke_agent"),
                        ),
                        (
                            "gen_ai.agent.name",
                            ::agentops::__private::StaticValue::Str("&Planner"),
                        ),
                    ],
                    &[],
                );
                &SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    ::agentops::__private::no_arguments(),
                );
            },
        );
        clear();
    }
}
