fn below(r#cx: &Context, r#earlier: SpanContext) {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "cx",
                        ::agentops::__private::content_of(&r#cx).__agentops_content(),
                    ),
                    (
                        "earlier",
                        ::agentops::__private::content_of(&r#earlier)
                            .__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let cx = r#cx;
        let earlier = r#earlier;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Agent,
                        "below",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .described();
                &__AGENTOPS_SITE
            },
            |mut __agentops_draft| {
                ::agentops::__private::parent(&mut __agentops_draft, &(cx));
                ::agentops::__private::links(&mut __agentops_draft, &([earlier]));
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
    }
}
fn incoming(r#headers: &HeaderMap, r#id: &str, r#user: &str) {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "headers",
                        ::agentops::__private::content_of(&r#headers)
                            .__agentops_content(),
                    ),
                    (
                        "id",
                        ::agentops::__private::content_of(&r#id).__agentops_content(),
                    ),
                    (
                        "user",
                        ::agentops::__private::content_of(&r#user).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let headers = r#headers;
        let id = r#id;
        let user = r#user;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "incoming",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .described();
                &__AGENTOPS_SITE
            },
            |mut __agentops_draft| {
                ::agentops::__private::extract(&mut __agentops_draft, &(headers));
                ::agentops::__private::root(&mut __agentops_draft);
                ::agentops::__private::session_id(&mut __agentops_draft, &(id));
                ::agentops::__private::user(&mut __agentops_draft, &(user));
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
    }
}
