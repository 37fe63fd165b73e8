fn r#match(r#type: u32, r#gen: u32) -> impl ::core::future::Future<Output = u32> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<u32>();
            }
            let r#type = r#type;
            let r#gen = r#gen;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("match"),
                        "match",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &[],
                    );
                    &SITE
                },
                |__agentops_draft| {
                    ::agentops::__private::record(__agentops_draft, &[]);
                },
            );
            r#type + r#gen
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
