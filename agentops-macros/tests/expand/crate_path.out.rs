fn sync(r#id: u32) -> u32 {
    let mut __agentops_scope = crate::reexport::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = crate::reexport::__private::call(move || -> u32 {
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
                );
            },
        );
        id
    });
    crate::reexport::__private::finish(
        __agentops_scope,
        {
            use crate::reexport::__private::*;
            (&&&&crate::reexport::__private::Probe(&__agentops_value))
                .__agentops_outcome()
        },
    );
    __agentops_value
}
fn future(r#id: u32) -> impl ::core::future::Future<Output = u32> {
    crate::reexport::__private::future(
        async move {
            if false {
                return crate::reexport::__private::value_of::<u32>();
            }
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
                    crate::reexport::__private::record(__agentops_draft, &[]);
                },
            );
            id
        },
        |__agentops_value| {
            use crate::reexport::__private::*;
            (&&&&crate::reexport::__private::Probe(__agentops_value))
                .__agentops_outcome()
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
                            crate::reexport::__private::record(__agentops_draft, &[]);
                        },
                    );
                    loop {}
                } else {
                    ::core::option::Option::None::<::core::convert::Infallible>
                }
            },
            |_| crate::reexport::__private::Outcome::Unknown,
        )
        .await
    {
        _ => crate::reexport::__private::never(),
    }
}
fn guard(_id: u32) {
    let __agentops_guard = crate::reexport::__private::guard(
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
            crate::reexport::__private::record(__agentops_draft, &[]);
        },
    );
}
