pub trait Tool {
    fn run(&self, r#input: &str) -> impl ::core::future::Future<Output = String> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<String>();
                }
                let _ = &self;
                let _ = &r#input;
                let __agentops_arguments = ::agentops::__private::arguments(|
                    __agentops_writer|
                {
                    {
                        let __agentops_argument = &r#input;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "input",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                });
                let _ = &self;
                let input = r#input;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("run"),
                            "run",
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
                            &(self.id()),
                        );
                        ::agentops::__private::record(
                            __agentops_draft,
                            &[],
                            __agentops_arguments,
                        );
                    },
                );
                input.to_owned()
            },
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
    fn id(&self) -> u32;
}
impl Tool for Search {
    default fn id(&self) -> u32 {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> u32 {
            let _ = &self;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("id"),
                        "id",
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
            self.id
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
