impl Agent {
    pub fn last(&mut self, r#step: Step) -> Option<&mut Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Option<&mut Step> {
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#step;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "step",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let _ = &self;
            let step = r#step;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("last"),
                        "last",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &[],
                    );
                    &SITE
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
    fn finish(mut self) -> Vec<Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Vec<Step> {
            let _ = &self;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("finish"),
                        "finish",
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
            {
                self.steps.clear();
                self.steps
            }
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
    fn new(r#steps: Vec<Step>) -> Self {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Self {
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#steps;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "steps",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let steps = r#steps;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("new"),
                        "new",
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
                        __agentops_arguments,
                    );
                },
            );
            Self { steps }
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
}
