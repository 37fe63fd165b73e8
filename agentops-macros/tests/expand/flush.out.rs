fn run(r#goal: &str) -> bool {
    let __agentops_flushing = ::agentops::__private::flushing();
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "run",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "goal",
                        ::agentops::__private::content_of(&r#goal).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> bool {
        let goal = r#goal;
        work(goal)
    });
    ::agentops::__private::conclude_with(
        &mut __agentops_scope,
        &__agentops_value,
        |__agentops_value, __agentops_seen| {
            ::agentops::__private::end_state(
                __agentops_seen,
                &*__agentops_value,
                |done| state(done),
            );
            ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            );
        },
        true,
    );
    __agentops_value
}
fn later(r#goal: String) -> impl ::core::future::Future<Output = bool> {
    ::agentops::__private::flushed(
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<bool>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "later",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        );
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
                let goal = r#goal;
                work(&goal)
            },
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            true,
        ),
    )
}
fn boxed(r#goal: String) -> Pin<Box<dyn Future<Output = bool> + Send>> {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "boxed",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "goal",
                        ::agentops::__private::content_of(&r#goal).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || -> Pin<
        Box<dyn Future<Output = bool> + Send>,
    > {
        let goal = r#goal;
        Box::pin(async move { work(&goal) })
    });
    let __agentops_span = ::agentops::__private::left(&mut __agentops_scope);
    ::agentops::__private::flushed_box(
        ::agentops::__private::streaming(&__agentops_value)
            .__agentops_way()
            .end(
                __agentops_span,
                __agentops_value,
                |__agentops_value, __agentops_seen| ::agentops::__private::look(
                    __agentops_seen,
                    ::agentops::__private::returned(
                            ::agentops::__private::probe(__agentops_value)
                                .__agentops_split(),
                        )
                        .__agentops_look(),
                ),
                |__agentops_value, __agentops_seen| ::agentops::__private::look(
                    __agentops_seen,
                    ::agentops::__private::returned(
                            ::agentops::__private::probe(__agentops_value)
                                .__agentops_split(),
                        )
                        .__agentops_look(),
                ),
                true,
            ),
    )
}
