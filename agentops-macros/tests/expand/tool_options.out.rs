fn search(r#call: &ToolCall, r#query: &str) -> Vec<Hit> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Vec<Hit> {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "call",
                        ::agentops::__private::content_of(&r#call).__agentops_content(),
                    ),
                    (
                        "query",
                        ::agentops::__private::content_of(&r#query).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let call = r#call;
        let query = r#query;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Tool,
                        "search",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .named("search")
                    .with(
                        &[
                            (
                                "gen_ai.tool.description",
                                ::agentops::__private::StaticValue::Str("Searches the web."),
                            ),
                        ],
                    )
                    .keys(&["gen_ai.tool.call.id"]);
                &__AGENTOPS_SITE
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
