fn parse(r#input: &str) -> Result<u32, ParseIntError> {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> Result<
        u32,
        ParseIntError,
    > {
        let input = r#input;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("parse"),
                    "parse",
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
        {
            let input = input.trim();
            Ok(input.parse()?)
        }
    });
    ::agentops::__private::finish(
        __agentops_scope,
        {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(&__agentops_value)).__agentops_outcome()
        },
    );
    __agentops_value
}
fn lone_expression(r#lock: Mutex<Vec<u8>>) -> usize {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> usize {
        let lock = r#lock;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("lone_expression"),
                    "lone_expression",
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
        lock.lock().unwrap().len()
    });
    ::agentops::__private::finish(
        __agentops_scope,
        {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(&__agentops_value)).__agentops_outcome()
        },
    );
    __agentops_value
}
