fn search(r#query: &str, r#limit: Limit, r#account: &Account) -> usize {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> usize {
        let __agentops_arguments = ::agentops::__private::begin_arguments(
            &[("limit", ::agentops::__private::debug_of(&r#limit))],
        );
        let query = r#query;
        let limit = r#limit;
        let account = r#account;
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
                    .named(NAME)
                    .keys(&[KEY, "paid"])
                    .dimensions(1usize)
                    .span_kind(::agentops::__private::SpanKind::Client)
                    .on_cancel(::agentops::__private::OnCancel::Ok)
                    .described();
                &__AGENTOPS_SITE
            },
            |__agentops_draft| {
                if ::agentops::__private::condition(!query.is_empty()) {
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[
                            &(query),
                            &::agentops::__private::Dimensioned(&(account.is_paid())),
                        ],
                        ::agentops::__private::end_arguments(
                            __agentops_arguments,
                            |__agentops_writer| {
                                ::agentops::__private::add_argument(
                                    __agentops_writer,
                                    "words",
                                    ::agentops::__private::content_of(
                                            &(query.split(' ').count()),
                                        )
                                        .__agentops_content(),
                                );
                            },
                        ),
                    );
                }
            },
        );
        find(query, limit, account)
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
