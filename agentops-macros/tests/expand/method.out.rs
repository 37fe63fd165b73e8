impl Agent {
    pub fn last(&mut self, r#step: Step) -> Option<&mut Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Option<&mut Step> {
            let _ = &self;
            let step = r#step;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("last"),
                        "last",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &[],
                    );
                    &SITE
                },
                |mut __agentops_draft| {
                    ::agentops::__private::session_id(
                        &mut __agentops_draft,
                        &(self.chat),
                    );
                    ::agentops::__private::record(__agentops_draft, &[]);
                },
            );
            {
                self.steps.push(step);
                self.steps.last_mut()
            }
        });
        ::agentops::__private::finish(
            __agentops_scope,
            {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(&__agentops_value))
                    .__agentops_outcome()
            },
        );
        __agentops_value
    }
    fn finish(mut self) -> Vec<Step> {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Vec<Step> {
            let _ = &self;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("finish"),
                        "finish",
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
                self.steps.clear();
                self.steps
            }
        });
        ::agentops::__private::finish(
            __agentops_scope,
            {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(&__agentops_value))
                    .__agentops_outcome()
            },
        );
        __agentops_value
    }
    fn new(r#steps: Vec<Step>) -> Self {
        let mut __agentops_scope = ::agentops::__private::scope();
        let __agentops_started = &mut __agentops_scope;
        let __agentops_value = ::agentops::__private::call(move || -> Self {
            let steps = r#steps;
            ::agentops::__private::start(
                __agentops_started,
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("new"),
                        "new",
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
            Self { steps }
        });
        ::agentops::__private::finish(
            __agentops_scope,
            {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(&__agentops_value))
                    .__agentops_outcome()
            },
        );
        __agentops_value
    }
}
