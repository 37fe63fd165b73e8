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
                let __agentops_arguments = if ::agentops::__private::wants_arguments() {
                    ::agentops::__private::arguments(
                        &[
                            (
                                "input",
                                ::agentops::__private::content_of(&r#input)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                };
                let _ = &self;
                let input = r#input;
                ::agentops::__private::start_future_with(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                ::agentops::__private::Kind::Session,
                                "run",
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
                    self.seen.extend(input);
                    self
                }
            },
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            true,
        )
    }
    fn consume(mut self: Box<Self>) -> impl ::core::future::Future<Output = Self> {
        ::agentops::__private::future_with(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Self>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "consume",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        );
                        &__AGENTOPS_SITE
                    },
                    ::agentops::__private::no_arguments(),
                );
                let _ = &self;
                *self
            },
            |__agentops_value, __agentops_span| {
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
            },
        )
    }
}
