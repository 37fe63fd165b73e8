pub trait Tool {
    fn run(&self, r#input: &str) -> impl ::core::future::Future<Output = String> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<String>();
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
    fn id(&self) -> u32;
}
impl Tool for Search {
    default fn id(&self) -> u32 {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    "id",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                );
                &__AGENTOPS_SITE
            },
            ::agentops::__private::no_arguments(),
        );
        let __agentops_value = ::agentops::__private::call(move || -> u32 {
            let _ = &self;
            self.id
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
}
