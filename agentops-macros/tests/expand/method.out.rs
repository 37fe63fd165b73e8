impl Agent {
    pub fn last(&mut self, r#step: Step) -> Option<&mut Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Option<&mut Step> {
            let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "step",
                            ::agentops::__private::content_of(&r#step)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            };
            let _ = &self;
            let step = r#step;
            ::agentops::__private::start_with(
                __agentops_started,
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "last",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        )
                        .described();
                    &__AGENTOPS_SITE
                },
                |mut __agentops_draft| {
                    ::agentops::__private::session_id(
                        &mut __agentops_draft,
                        &(self.chat),
                    );
                    ::agentops::__private::record(
                        __agentops_draft,
                        &[],
                        __agentops_arguments,
                    );
                },
            );
            {
                self.steps.push(step);
                self.steps.last_mut()
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
    fn finish(mut self) -> Vec<Step> {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    "finish",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                );
                &__AGENTOPS_SITE
            },
            ::agentops::__private::no_arguments(),
        );
        let __agentops_value = ::agentops::__private::call(move || -> Vec<Step> {
            let _ = &self;
            {
                self.steps.clear();
                self.steps
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
    fn new(r#steps: Vec<Step>) -> Self {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    "new",
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
                            "steps",
                            ::agentops::__private::content_of(&r#steps)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        let __agentops_value = ::agentops::__private::call(move || -> Self {
            let steps = r#steps;
            Self { steps }
        });
        let __agentops_span = ::agentops::__private::left(&mut __agentops_scope);
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
            )
    }
}
