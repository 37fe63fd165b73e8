fn run(r#model: &str) -> usize {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> usize {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "model",
                        ::agentops::__private::content_of(&r#model).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let model = r#model;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "run",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .keys(&["model"]);
                &__AGENTOPS_SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[&(model)],
                    __agentops_arguments,
                );
            },
        );
        {
            agentops::record("answer.tokens", 3);
            model.len()
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
