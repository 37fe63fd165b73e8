fn plan(r#depth: u32) -> u32 {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#depth;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "depth",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let depth = r#depth;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Agent,
                    ::core::option::Option::Some("invoke_agent planner"),
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
                            ::agentops::__private::StaticValue::Str("planner"),
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
        depth + 1
    });
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
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
fn research() {
    let __agentops_guard = ::agentops::__private::guard(
        {
            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Workflow,
                ::core::option::Option::Some("invoke_workflow research"),
                "research",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
                &[
                    (
                        "gen_ai.operation.name",
                        ::agentops::__private::StaticValue::Str("invoke_workflow"),
                    ),
                    (
                        "gen_ai.workflow.name",
                        ::agentops::__private::StaticValue::Str("research"),
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
    work();
}
fn summarize() {
    let __agentops_guard = ::agentops::__private::guard(
        {
            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Task,
                ::core::option::Option::Some("summarize"),
                "summarize",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
                &[],
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
    work();
}
fn check() {
    let __agentops_guard = ::agentops::__private::guard(
        {
            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Guardrail,
                ::core::option::Option::Some("no secrets"),
                "check",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
                &[],
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
    work();
}
