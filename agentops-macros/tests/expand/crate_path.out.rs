fn sync(r#id: u32) -> u32 {
    let mut __agentops_scope = crate::reexport::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = crate::reexport::__private::call(move || -> u32 {
        let __agentops_arguments = crate::reexport::__private::arguments(|
            __agentops_writer|
        {
            {
                let __agentops_argument = &r#id;
                crate::reexport::__private::argument(
                    __agentops_writer,
                    "id",
                    {
                        use crate::reexport::__private::*;
                        (&&&crate::reexport::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let id = r#id;
        crate::reexport::__private::start(
            __agentops_started,
            {
                static SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                    crate::reexport::__private::Kind::Session,
                    ::core::option::Option::Some("sync"),
                    "sync",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[],
                    &["a", "b"],
                );
                &SITE
            },
            |mut __agentops_draft| {
                crate::reexport::__private::session_id(&mut __agentops_draft, &(id));
                crate::reexport::__private::baggage(
                    &mut __agentops_draft,
                    "user",
                    &(id),
                );
                crate::reexport::__private::record(
                    __agentops_draft,
                    &[
                        &crate::reexport::__private::Debugged(&(id)),
                        &crate::reexport::__private::Displayed(&(id)),
                    ],
                    __agentops_arguments,
                );
            },
        );
        id
    });
    crate::reexport::__private::finish(
        __agentops_scope,
        __agentops_value,
        |__agentops_value, __agentops_span| {
            ({
                use crate::reexport::__private::*;
                (&&crate::reexport::__private::Streaming(&__agentops_value))
                    .__agentops_way()
            })
                .end(
                    __agentops_span,
                    __agentops_value,
                    |__agentops_value| {
                        use crate::reexport::__private::*;
                        (
                            (&&&&crate::reexport::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&crate::reexport::__private::Returned(
                                __agentops_value,
                            ))
                                .__agentops_content(),
                        )
                    },
                    |__agentops_value| {
                        use crate::reexport::__private::*;
                        (
                            (&&&&crate::reexport::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&crate::reexport::__private::Returned(
                                __agentops_value,
                            ))
                                .__agentops_content(),
                        )
                    },
                    true,
                )
        },
    )
}
fn future(r#id: u32) -> impl ::core::future::Future<Output = u32> {
    crate::reexport::__private::future(
        async move {
            if false {
                return crate::reexport::__private::value_of::<u32>();
            }
            let __agentops_arguments = crate::reexport::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#id;
                    crate::reexport::__private::argument(
                        __agentops_writer,
                        "id",
                        {
                            use crate::reexport::__private::*;
                            (&&&crate::reexport::__private::Argument(
                                __agentops_argument,
                            ))
                                .__agentops_content()
                        },
                    );
                }
            });
            let id = r#id;
            crate::reexport::__private::start_future(
                {
                    static SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                        crate::reexport::__private::Kind::LlmCall,
                        ::core::option::Option::None,
                        "future",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[
                            (
                                "gen_ai.operation.name",
                                crate::reexport::__private::StaticValue::Str("chat"),
                            ),
                            (
                                "gen_ai.provider.name",
                                crate::reexport::__private::StaticValue::Str("openai"),
                            ),
                        ],
                        &[],
                    );
                    &SITE
                },
                |__agentops_draft| {
                    crate::reexport::__private::record(
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
                use crate::reexport::__private::*;
                (&&crate::reexport::__private::Streaming(&__agentops_value))
                    .__agentops_way()
            })
                .end(
                    __agentops_span,
                    __agentops_value,
                    |__agentops_value| {
                        use crate::reexport::__private::*;
                        (
                            (&&&&crate::reexport::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&crate::reexport::__private::Returned(
                                __agentops_value,
                            ))
                                .__agentops_content(),
                        )
                    },
                    |__agentops_value| {
                        use crate::reexport::__private::*;
                        (
                            (&&&&crate::reexport::__private::Probe(__agentops_value))
                                .__agentops_outcome(),
                            (&&&&&&crate::reexport::__private::Returned(
                                __agentops_value,
                            ))
                                .__agentops_content(),
                        )
                    },
                    true,
                )
        },
    )
}
async fn never() -> ! {
    match crate::reexport::__private::future(
            async move {
                if crate::reexport::__private::yes() {
                    crate::reexport::__private::start_future(
                        {
                            static SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                                crate::reexport::__private::Kind::Session,
                                ::core::option::Option::Some("never"),
                                "never",
                                ::core::module_path!(),
                                ::core::file!(),
                                ::core::line!(),
                                &[],
                                &[],
                            );
                            &SITE
                        },
                        |__agentops_draft| {
                            crate::reexport::__private::record(
                                __agentops_draft,
                                &[],
                                crate::reexport::__private::no_arguments(),
                            );
                        },
                    );
                    loop {}
                } else {
                    ::core::option::Option::None::<::core::convert::Infallible>
                }
            },
            crate::reexport::__private::conclude_never,
        )
        .await
    {
        _ => crate::reexport::__private::never(),
    }
}
fn guard(r#_id: u32) {
    let mut __agentops_scope = crate::reexport::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = crate::reexport::__private::arguments(|
            __agentops_writer|
        {
            {
                let __agentops_argument = &r#_id;
                crate::reexport::__private::argument(
                    __agentops_writer,
                    "_id",
                    {
                        use crate::reexport::__private::*;
                        (&&&crate::reexport::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let _id = crate::reexport::__private::keep(r#_id);
        crate::reexport::__private::start(
            __agentops_started,
            {
                static SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                    crate::reexport::__private::Kind::Session,
                    ::core::option::Option::Some("guard"),
                    "guard",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[],
                    &[],
                );
                &SITE
            },
            |__agentops_draft| {
                crate::reexport::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
    }
}
