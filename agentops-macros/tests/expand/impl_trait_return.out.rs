fn numbers(r#end: u32) -> impl Iterator<Item = u32> + Clone {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || {
        let __agentops_arguments = ::agentops::__private::arguments(|__agentops_writer| {
            {
                let __agentops_argument = &r#end;
                ::agentops::__private::argument(
                    __agentops_writer,
                    "end",
                    {
                        use ::agentops::__private::*;
                        (&&&::agentops::__private::Argument(__agentops_argument))
                            .__agentops_content()
                    },
                );
            }
        });
        let end = r#end;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("numbers"),
                    "numbers",
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
        0..end
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
fn lines(
    r#file: &Path,
) -> impl ::core::future::Future<Output = Result<Vec<impl Display>, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<Vec<_>, Error>>();
            }
            let __agentops_arguments = ::agentops::__private::arguments(|
                __agentops_writer|
            {
                {
                    let __agentops_argument = &r#file;
                    ::agentops::__private::argument(
                        __agentops_writer,
                        "file",
                        {
                            use ::agentops::__private::*;
                            (&&&::agentops::__private::Argument(__agentops_argument))
                                .__agentops_content()
                        },
                    );
                }
            });
            let file = r#file;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("lines"),
                        "lines",
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
            read(file).await
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
