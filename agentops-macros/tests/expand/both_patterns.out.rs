fn twice(
    r#__agentops_argument_0: (u32, u32),
    r#__agentops_argument_1: Json<u32>,
    r#count: u32,
) {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#__agentops_argument_1;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "inner",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#count;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "count",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let __agentops_argument_0 = ::agentops::__private::keep(r#__agentops_argument_0);
        let __agentops_argument_1 = ::agentops::__private::keep(r#__agentops_argument_1);
        let count = r#count;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("twice"),
                    "twice",
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
        {
            let mut __agentops_scope = ::agentops::__private::scope();
            let __agentops_started = &mut __agentops_scope;
            {
                let __agentops_arguments = ::agentops::__private::arguments(|
                    __agentops_writer|
                {
                    {
                        let __agentops_argument = &__agentops_argument_0;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "arg0",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                    {
                        let __agentops_argument = &count;
                        ::agentops::__private::argument(
                            __agentops_writer,
                            "count",
                            {
                                use ::agentops::__private::*;
                                (&&&::agentops::__private::Argument(__agentops_argument))
                                    .__agentops_content()
                            },
                        );
                    }
                });
                let __agentops_argument_0 = __agentops_argument_0;
                let (left, right) = __agentops_argument_0;
                let __agentops_argument_1 = __agentops_argument_1;
                let Json(inner) = __agentops_argument_1;
                let mut count = count;
                ::agentops::__private::start(
                    __agentops_started,
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Task,
                            ::core::option::Option::Some("twice"),
                            "twice",
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
                {
                    count += left + right + inner;
                    work(count);
                }
            }
        }
    }
}
