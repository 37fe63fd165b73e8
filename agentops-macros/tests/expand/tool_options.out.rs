fn search(r#call: &ToolCall, r#query: &str) -> Vec<Hit> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Vec<Hit> {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#call;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "call",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#query;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "query",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let call = r#call;
        let query = r#query;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Tool,
                    ::core::option::Option::Some("execute_tool search"),
                    "search",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[
                        (
                            "gen_ai.operation.name",
                            ::agentops::__private::StaticValue::Str("execute_tool"),
                        ),
                        (
                            "gen_ai.tool.name",
                            ::agentops::__private::StaticValue::Str("search"),
                        ),
                        (
                            "gen_ai.tool.description",
                            ::agentops::__private::StaticValue::Str("Searches the web."),
                        ),
                    ],
                    &["gen_ai.tool.call.id"],
                );
                &SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[&(call.id)],
                    __agentops_arguments,
                );
            },
        );
        hits(query)
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
