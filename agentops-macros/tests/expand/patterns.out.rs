fn run(
    __agentops_argument_0: Request,
    __agentops_argument_1: (u32, u32),
    __agentops_argument_2: String,
    r#_unused: Guard,
    __agentops_argument_4: String,
    __agentops_argument_5: [u8; 3],
    r#count: u32,
) -> u32 {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
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
                let __agentops_argument = &__agentops_argument_1;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "arg1",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &r#_unused;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "_unused",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &__agentops_argument_4;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "name",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
            {
                let __agentops_argument = &__agentops_argument_5;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "whole",
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
        let __agentops_argument_0 = __agentops_argument_0;
        let Request { id, mut model } = __agentops_argument_0;
        let __agentops_argument_1 = __agentops_argument_1;
        let (a, _) = __agentops_argument_1;
        let __agentops_argument_2 = __agentops_argument_2;
        let _unused = ::agentops::__private::keep(r#_unused);
        let __agentops_argument_4 = __agentops_argument_4;
        let ref name = __agentops_argument_4;
        let __agentops_argument_5 = __agentops_argument_5;
        let whole @ [first, ..] = __agentops_argument_5;
        let mut count = r#count;
        ::agentops::__private::start(
            __agentops_started,
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
                ::agentops::__private::session_id(&mut __agentops_draft, &(id));
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
        {
            count += a;
            count
        }
    });
    ::agentops::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
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
fn later(
    __agentops_argument_0: Request,
    __agentops_argument_1: String,
) -> impl ::core::future::Future<Output = u32> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<u32>();
            }
            let _ = &__agentops_argument_0;
            let _ = &__agentops_argument_1;
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
            });
            let __agentops_argument_0 = __agentops_argument_0;
            let Request { id, .. } = __agentops_argument_0;
            let __agentops_argument_1 = __agentops_argument_1;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("later"),
                        "later",
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
            id
        },
        |__agentops_value, __agentops_span| {
            ({
                use ::agentops::__private::*;
                (&&::agentops::__private::Streaming(&__agentops_value)).__agentops_way()
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
