fn run(r#count: u32, __agentops_argument_1: String) {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "count",
                        ::agentops::__private::content_of(&r#count).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let mut count = r#count;
        let __agentops_argument_1 = __agentops_argument_1;
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
                    .keys(&["count"]);
                &__AGENTOPS_SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[&(count)],
                    __agentops_arguments,
                );
            },
        );
        {
            count += 1;
            work(count);
        }
    }
}
pub(crate) fn declared() -> () {
    let __agentops_guard = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    "declared",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .named("declared");
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    work(1)
}
