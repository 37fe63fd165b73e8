impl Agent {
    pub fn run(
        &mut self,
        r#input: Vec<String>,
    ) -> impl ::core::future::Future<Output = &mut Self> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<&mut Self>();
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
                    self.seen.extend(input);
                    self
                }
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
    fn consume(mut self: Box<Self>) -> impl ::core::future::Future<Output = Self> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Self>();
                }
                let _ = &self;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("consume"),
                            "consume",
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
                *self
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
}
