fn sync(r#id: u32) -> u32 {
    let mut __agentops_scope = crate::reexport::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = crate::reexport::__private::call(move || -> u32 {
        let __agentops_arguments = if crate::reexport::__private::wants_arguments() {
            crate::reexport::__private::arguments(
                &[
                    (
                        "id",
                        crate::reexport::__private::content_of(&r#id)
                            .__agentops_content(),
                    ),
                ],
            )
        } else {
            crate::reexport::__private::no_arguments()
        };
        let id = r#id;
        crate::reexport::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                        crate::reexport::__private::Kind::Session,
                        "sync",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .keys(&["a", "b"])
                    .described();
                &__AGENTOPS_SITE
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
    crate::reexport::__private::conclude(
        &mut __agentops_scope,
        crate::reexport::__private::returned(
                crate::reexport::__private::probe(&__agentops_value).__agentops_split(),
            )
            .__agentops_look(),
        true,
    );
    __agentops_value
}
fn future(r#id: u32) -> impl ::core::future::Future<Output = u32> {
    crate::reexport::__private::future(
        async move {
            if false {
                return crate::reexport::__private::value_of::<u32>();
            }
            crate::reexport::__private::start_future(
                {
                    static __AGENTOPS_SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                            crate::reexport::__private::Kind::LlmCall,
                            "future",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        )
                        .with(
                            &[
                                (
                                    "gen_ai.provider.name",
                                    crate::reexport::__private::StaticValue::Str("openai"),
                                ),
                            ],
                        );
                    &__AGENTOPS_SITE
                },
                if crate::reexport::__private::wants_arguments() {
                    crate::reexport::__private::arguments(
                        &[
                            (
                                "id",
                                crate::reexport::__private::content_of(&r#id)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    crate::reexport::__private::no_arguments()
                },
            );
            let id = r#id;
            id
        },
        |__agentops_value, __agentops_seen| crate::reexport::__private::look(
            __agentops_seen,
            crate::reexport::__private::returned(
                    crate::reexport::__private::probe(__agentops_value)
                        .__agentops_split(),
                )
                .__agentops_look(),
        ),
        true,
    )
}
async fn never() -> ! {
    match crate::reexport::__private::future(
            async move {
                if crate::reexport::__private::yes() {
                    crate::reexport::__private::start_future(
                        {
                            static __AGENTOPS_SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                                crate::reexport::__private::Kind::Session,
                                "never",
                                ::core::module_path!(),
                                ::core::file!(),
                                ::core::line!(),
                            );
                            &__AGENTOPS_SITE
                        },
                        crate::reexport::__private::no_arguments(),
                    );
                    loop {}
                } else {
                    ::core::option::Option::None::<::core::convert::Infallible>
                }
            },
            crate::reexport::__private::look_away,
            true,
        )
        .await
    {
        _ => crate::reexport::__private::never(),
    }
}
fn guard(r#_id: u32) {
    let __agentops_scope = crate::reexport::__private::begin(
        {
            static __AGENTOPS_SITE: crate::reexport::__private::Site = crate::reexport::__private::Site::new(
                crate::reexport::__private::Kind::Session,
                "guard",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        if crate::reexport::__private::wants_arguments() {
            crate::reexport::__private::arguments(
                &[
                    (
                        "_id",
                        crate::reexport::__private::content_of(&r#_id)
                            .__agentops_content(),
                    ),
                ],
            )
        } else {
            crate::reexport::__private::no_arguments()
        },
    );
    {
        let _id = crate::reexport::__private::keep(r#_id);
    }
}
